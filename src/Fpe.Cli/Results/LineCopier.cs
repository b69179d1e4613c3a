using Microsoft.Win32.SafeHandles;

namespace Fpe.Cli.Results;

/// <summary>Copies lines of several files to one.</summary>
/// <param name="files">The paths of the files.</param>
/// <param name="lines">The lines, in the order of the copy.</param>
internal sealed class LineCopier(IReadOnlyList<string> files, IReadOnlyList<StoredLine> lines) : IDisposable
{
    // Stays in a core's own cache between reading and writing; 4 MiB took several times as long.
    private const int BufferSize = 1 << 18;

    private readonly SafeFileHandle?[] handles = new SafeFileHandle?[files.Count];
    private int next;

    /// <summary>Writes all lines, each with a line break.</summary>
    /// <param name="stream">Receives the lines.</param>
    /// <exception cref="ResultsFileException">A file became shorter.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void WriteTo(Stream stream)
    {
        var buffer = new byte[BufferSize];
        for (int length; (length = Fill(ref buffer)) > 0;)
            stream.Write(buffer, 0, length);
    }

    public void Dispose()
    {
        foreach (SafeFileHandle? handle in handles)
            handle?.Dispose();
    }

    // Returns the number of bytes. The buffer is enlarged if a line does not fit.
    private int Fill(ref byte[] buffer)
    {
        int filled = 0;
        while (next < lines.Count)
        {
            StoredLine first = lines[next];
            if (filled == 0 && buffer.Length <= first.Length)
                buffer = new byte[first.Length + 1];
            (int count, int length) = Adjacent(buffer.Length - filled);
            if (count == 0)
                break;
            Read(first.File, first.Start, buffer.AsSpan(filled, length - 1));
            filled += length;
            buffer[filled - 1] = LineBlocks.LineEnd;
            next += count;
        }

        return filled;
    }

    // The lines from the next one that follow each other in one file and fit into a number of bytes, with their line breaks.
    private (int Count, int Length) Adjacent(int room)
    {
        (int count, int length) = (0, 0);
        while (next + count < lines.Count && (count == 0 || lines[next + count].Follows(lines[next + count - 1])) && lines[next + count].Length < room - length)
        {
            length += lines[next + count].Length + 1;
            count++;
        }

        return (count, length);
    }

    private void Read(int file, long start, Span<byte> target)
    {
        SafeFileHandle handle = handles[file] ??=
            File.OpenHandle(files[file], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
        for (int count; !target.IsEmpty; target = target[count..], start += count)
        {
            count = RandomAccess.Read(handle, target, start);
            if (count == 0)
                throw new ResultsFileException(files[file], "it became shorter while it was read; merge again when nothing writes to it.");
        }
    }
}
