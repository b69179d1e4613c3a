# Writes the fenced blocks of a Markdown file that name a file, as in ```csharp file=Program.cs, into the folder of -v to=FOLDER.
/^```/ && writing { close(path); writing = 0; next }
/^```[a-z]+ file=[^ ]+$/ {
    sub(/^.* file=/, "")
    path = to "/" $0
    folder = path
    sub(/\/[^\/]*$/, "", folder)
    system("mkdir -p '" folder "'")
    printf "" > path
    writing = 1
    next
}
writing { print >> path }
