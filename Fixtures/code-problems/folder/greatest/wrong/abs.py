print(max(map(int, input().split()), key=abs))
