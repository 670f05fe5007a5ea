import Attune
print("hello")
