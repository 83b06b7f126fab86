# The same with a library that everybody has.
import json

print("json", json.dumps({"toys": [3, 5, 8]}))
