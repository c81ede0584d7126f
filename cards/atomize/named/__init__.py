"""What names in code say of the code beside them: of a function, of a base class, of an object's class."""
