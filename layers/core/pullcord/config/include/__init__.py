"""`include:`: locating, fetching and merging the files that a configuration includes."""
