"""How a picture becomes an item of the request's list of pictures."""
