def swap(a, b):
    return a, b
