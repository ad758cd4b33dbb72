"""What must hold of any data set: agreement with a slow reference, and rules that relate two data sets."""
