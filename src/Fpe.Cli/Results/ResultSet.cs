using System.Runtime.ExceptionServices;
using Fpe.Files;
using Microsoft.Win32.SafeHandles;

namespace Fpe.Cli.Results;

/// <summary>The results in a file or a folder, each run once.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ResultSet<TResult>
    where TResult : class
{
    private const int BufferSize = 1 << 20;

    private readonly List<(StoredResult<TResult> Line, int File)> lines;
    private bool isSorted;

    private ResultSet(IReadOnlyList<FileContent> files, List<(StoredResult<TResult> Line, int File)> lines)
    {
        Files = files;
        this.lines = lines;
    }

    /// <summary>The files.</summary>
    public IReadOnlyList<FileContent> Files { get; }

    /// <summary>The number of results.</summary>
    public int Count => lines.Count;

    /// <summary>The results: of a file in its order, of a folder in the order of their keys.</summary>
    public IReadOnlyList<TResult> Results => [.. lines.Select(line => line.Line.Result)];

    /// <summary>
    /// Reads a file or a folder, even while other processes append to it. If a run is in several files of a folder, the result in the first
    /// one is taken: equal runs have equal results.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="format">The format of the results.</param>
    /// <param name="warn">Receives one line for each file whose last line is not whole.</param>
    /// <exception cref="ResultsFileException">A file cannot be read or is damaged.</exception>
    public static ResultSet<TResult> Read(string path, IResultFormat<TResult> format, Action<string> warn)
    {
        bool isFolder = ResultsFolder.IsFolder(path);
        IReadOnlyList<string> files = isFolder ? new ResultsFolder(path).Files() : [path];
        if (files.Count == 0)
            throw new ResultsFileException(path, "it contains no results (*.jsonl); name the folder that the workers were given with --results.");
        ResultsText<TResult>[] texts = ReadAll(files, format);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lines = new List<(StoredResult<TResult> Line, int File)>();
        for (int file = 0; file < texts.Length; file++)
        {
            if (texts[file].Tail == Tail.Torn)
                warn($"{files[file]}: line {texts[file].Lines.Count + 1} is not whole and is left out.");
            foreach (StoredResult<TResult> line in texts[file].Lines)
            {
                if (seen.Add(line.Key))
                    lines.Add((line, file));
            }
        }

        var set = new ResultSet<TResult>([.. files.Select((file, index) => new FileContent(file, texts[index].Lines.Count, texts[index].Tail == Tail.Torn))], lines);
        if (isFolder)
            set.Sort();
        return set;
    }

    /// <summary>Writes all results to a file, in the order of their keys, so that it depends only on the results.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="ResultsFileException">A file changed meanwhile.</exception>
    public void Write(Stream stream)
    {
        Sort();
        var handles = new SafeFileHandle?[Files.Count];
        // Not disposed, which would close the file.
        var buffered = new BufferedStream(stream, BufferSize);
        try
        {
            var line = Array.Empty<byte>();
            foreach ((StoredResult<TResult> stored, int file) in lines)
            {
                if (line.Length <= stored.Length)
                    line = new byte[2 * (stored.Length + 1)];
                handles[file] ??= File.OpenHandle(Files[file].Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
                if (RandomAccess.Read(handles[file]!, line.AsSpan(0, stored.Length), stored.Start) < stored.Length)
                    throw new ResultsFileException(Files[file].Path, "it became shorter while it was read; merge again when nothing writes to it.");
                line[stored.Length] = (byte)'\n';
                buffered.Write(line, 0, stored.Length + 1);
            }

            buffered.Flush();
        }
        finally
        {
            foreach (SafeFileHandle? handle in handles)
                handle?.Dispose();
        }
    }

    private void Sort()
    {
        if (!isSorted)
            lines.Sort((first, second) => NaturalOrder.Instance.Compare(first.Line.Key, second.Line.Key));
        isSorted = true;
    }

    private static ResultsText<TResult>[] ReadAll(IReadOnlyList<string> files, IResultFormat<TResult> format)
    {
        var texts = new ResultsText<TResult>[files.Count];
        try
        {
            Parallel.For(0, files.Count, file => texts[file] = ResultsReader<TResult>.Read(files[file], format));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return texts;
    }
}
