"""What is installed here and whether it works: this machine, the packages, the engines, the model, a record."""
