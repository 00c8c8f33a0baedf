def swap(a, b):
    pass
