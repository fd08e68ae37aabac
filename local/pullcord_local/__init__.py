"""The embedded cloud and the command line: Pullcord on a laptop, deployed from the same template.yaml as on AWS."""
