"""Runs a command in a pseudo-terminal of a given width: python3 terminal.py WIDTH COMMAND...

What the command prints goes to stdout. Lines of stdin are steps, as JSON: {"wait": text} waits until that text was
printed, {"type": text} types something, {"resize": columns} changes the width. Ends with the command's exit code.
"""
import fcntl
import json
import os
import select
import signal
import struct
import sys
import termios
import time

width, command = int(sys.argv[1]), sys.argv[2:]
steps = [json.loads(line) for line in sys.stdin if line.strip()]


def resize(file, columns):
    fcntl.ioctl(file, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))


# The width is there before the command looks.
master, slave = os.openpty()
resize(master, width)
child = os.fork()
if child == 0:
    os.close(master)
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for file in (0, 1, 2):
        os.dup2(slave, file)
    os.execvp(command[0], command)
os.close(slave)

seen = b""
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    if select.select([master], [], [], 0.05)[0]:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
        os.write(1, chunk)
    while steps:
        step = steps[0]
        if "wait" in step:
            place = seen.find(step["wait"].encode())
            if place < 0:
                break
            seen = seen[place + len(step["wait"].encode()):]
        elif "type" in step:
            os.write(master, step["type"].encode())
        elif "resize" in step:
            resize(master, step["resize"])
            os.kill(child, signal.SIGWINCH)
        steps.pop(0)
else:
    os.kill(child, signal.SIGKILL)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status) if not steps else 99)
