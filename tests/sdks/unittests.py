"""Runs the tests of the folder that it is given; says on stdout how they went."""

import sys
import unittest
import warnings

# The emulator's default secret is shorter than PyJWT would like.
warnings.filterwarnings("ignore", message="The HMAC key is .* bytes long")

tests = unittest.defaultTestLoader.discover(sys.argv[1])
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, warnings="ignore").run(tests)
sys.exit(not result.wasSuccessful())
