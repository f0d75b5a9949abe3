"""Figures of the running bot for Prometheus."""
