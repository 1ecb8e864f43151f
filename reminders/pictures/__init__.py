"""The pictures that go with a reminder: shapes and letters, drawn with Pillow."""
