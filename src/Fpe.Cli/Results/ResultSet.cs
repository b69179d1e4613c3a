namespace Fpe.Cli.Results;

/// <summary>The results in a file or a folder, each run once.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ResultSet<TResult>
    where TResult : class
{
    private readonly int threads;
    private FiledResult<TResult>[] lines;
    private bool isSorted;

    private ResultSet(IReadOnlyList<FileContent> files, FiledResult<TResult>[] lines, int threads)
    {
        Files = files;
        this.lines = lines;
        this.threads = threads;
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<FileContent> Files { get; }

    /// <summary>The number of results.</summary>
    public int Count => lines.Length;

    /// <summary>The results: of a folder in the order of their keys, of a file in its order, until it is sorted.</summary>
    public IReadOnlyList<TResult> Results => Array.ConvertAll(lines, line => line.Line.Result);

    /// <summary>
    /// Reads a file or a folder, even while other processes append to it. If a run is in several files of a folder, the result in the first
    /// one is taken: equal runs have equal results.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="format">The format of the results.</param>
    /// <param name="warn">Receives one line for each file whose last line is not whole.</param>
    /// <param name="options">How to read; null for <see cref="ReadingOptions.Default"/>.</param>
    /// <exception cref="ResultsFileException">A file cannot be read or is damaged.</exception>
    public static ResultSet<TResult> Read(string path, IResultFormat<TResult> format, Action<string> warn, ReadingOptions? options = null)
    {
        options ??= ReadingOptions.Default;
        bool isFolder = ResultsFolder.IsFolder(path);
        IReadOnlyList<string> files = isFolder ? new ResultsFolder(path).Files() : [path];
        if (files.Count == 0)
            throw new ResultsFileException(path, "it contains no results (*.jsonl); name the folder that the workers were given with --results.");
        ResultsText<TResult>[] texts = ResultsReader<TResult>.Read(files, format, options);
        FileContent[] contents = [.. files.Select((file, index) => new FileContent(file, texts[index].Lines.Count, texts[index].Tail == Tail.Torn))];
        foreach (FileContent torn in contents.Where(content => content.IsTorn))
            warn($"{torn.Path}: line {torn.Results + 1} is not whole and is left out.");
        var set = new ResultSet<TResult>(contents, LinesOf(texts), options.Threads);
        if (isFolder)
        {
            set.Sort();
            set.lines = FirstOfEach(set.lines);
        }

        return set;
    }

    /// <summary>Puts the results in the order of their keys.</summary>
    public void Sort()
    {
        if (!isSorted)
            lines = MergeSort.Sort(lines, FiledResult<TResult>.Order, threads);
        isSorted = true;
    }

    /// <summary>Writes all results to a file, in the order of their keys, so that it depends only on the results.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="ResultsFileException">A file changed meanwhile.</exception>
    public void Write(Stream stream)
    {
        Sort();
        using var copier = new LineCopier([.. Files.Select(file => file.Path)], Array.ConvertAll(lines, line => line.Place));
        copier.WriteTo(stream);
    }

    // There may be millions of lines.
    private static FiledResult<TResult>[] LinesOf(ResultsText<TResult>[] texts)
    {
        var lines = new FiledResult<TResult>[texts.Sum(text => text.Lines.Count)];
        int next = 0;
        for (int file = 0; file < texts.Length; file++)
        {
            foreach (StoredResult<TResult> line in texts[file].Lines)
                lines[next++] = new FiledResult<TResult>(line, file);
        }

        return lines;
    }

    private static FiledResult<TResult>[] FirstOfEach(FiledResult<TResult>[] sorted)
    {
        int count = 0;
        foreach (FiledResult<TResult> line in sorted)
        {
            if (count == 0 || line.Line.Key != sorted[count - 1].Line.Key)
                sorted[count++] = line;
        }

        return count == sorted.Length ? sorted : sorted[..count];
    }
}
