"""Arithmetic on submitted tables; knows no Django."""
