"""Runs the tests of this folder; says on stdout how they went."""

import os
import sys
import unittest
import warnings

# The emulator's default secret is shorter than PyJWT would like.
warnings.filterwarnings("ignore", message="The HMAC key is .* bytes long")

tests = unittest.defaultTestLoader.discover(os.path.dirname(os.path.abspath(__file__)))
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, warnings="ignore").run(tests)
sys.exit(not result.wasSuccessful())
