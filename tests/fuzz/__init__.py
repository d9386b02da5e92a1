"""What every lamp and button may hear: said well, said with one thing wrong, and noise."""
