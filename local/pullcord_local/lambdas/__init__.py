"""Lambda: each function in processes of its own under AWS's runtime client."""
