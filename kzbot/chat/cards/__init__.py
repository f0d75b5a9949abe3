"""What is shown: one module a kind of card; plain functions from answers to views."""
