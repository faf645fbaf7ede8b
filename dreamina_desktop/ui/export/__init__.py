"""Files made from clips: exporting one, joining several, finding a loop."""
