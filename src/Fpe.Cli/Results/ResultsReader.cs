using System.Buffers;
using Fpe.Files;

namespace Fpe.Cli.Results;

/// <summary>
/// Reads the text of results files: blocks of lines are read one after the other, and parsed on several threads. What is read, and which
/// problem is reported, does not depend on the number of threads or on where blocks end.
/// </summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ResultsReader<TResult>
    where TResult : class
{
    private readonly IResultFormat<TResult> format;
    private readonly ReadingOptions options;

    // Set by any thread. What was read before is parsed to the end, so that the first problem is found.
    private volatile bool hasFailed;

    private ResultsReader(IResultFormat<TResult> format, ReadingOptions options)
    {
        this.format = format;
        this.options = options;
    }

    /// <summary>Reads the current content of a file, even while another process appends to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of the lines.</param>
    /// <exception cref="ResultsFileException">The file cannot be read or is damaged; the message names the line.</exception>
    public static ResultsText<TResult> Read(string path, IResultFormat<TResult> format) =>
        Read([path], format, ReadingOptions.Default)[0];

    /// <summary>Reads the current content of several files, even while other processes append to them.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="format">The format of the lines.</param>
    /// <param name="options">How to read them.</param>
    /// <exception cref="ResultsFileException">A file cannot be read or is damaged; the message names the first one, and the line.</exception>
    public static ResultsText<TResult>[] Read(IReadOnlyList<string> paths, IResultFormat<TResult> format, ReadingOptions options)
    {
        TextParts<TResult>[] texts = [.. paths.Select(path => new TextParts<TResult>(path, format))];
        var reader = new ResultsReader<TResult>(format, options);
        return reader.Read(texts, reader.BlocksOf(texts));
    }

    /// <summary>Reads a stream from its current position to its end.</summary>
    /// <param name="path">Name of the stream, for messages.</param>
    /// <param name="format">The format of the lines.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="options">How to read it; null for <see cref="ReadingOptions.Default"/>.</param>
    /// <exception cref="ResultsFileException">The stream cannot be read, or a line is damaged.</exception>
    public static ResultsText<TResult> Read(string path, IResultFormat<TResult> format, Stream stream, ReadingOptions? options = null)
    {
        var text = new TextParts<TResult>(path, format);
        var reader = new ResultsReader<TResult>(format, options ?? ReadingOptions.Default);
        return reader.Read([text], reader.BlocksOf(text, stream))[0];
    }

    private ResultsText<TResult>[] Read(TextParts<TResult>[] texts, IEnumerable<(ParsedLines<TResult> Part, LineBlock Block)> blocks)
    {
        Simultaneously.ForEach(blocks, options.Threads, work => Parse(work.Part, work.Block));
        var contents = new ResultsText<TResult>[texts.Length];
        var failures = new ResultsFileException?[texts.Length];
        Simultaneously.For(texts.Length, options.Threads, file =>
        {
            try
            {
                contents[file] = texts[file].Join();
            }
            catch (ResultsFileException failure)
            {
                failures[file] = failure;
            }
        });
        return Array.Find(failures, failure => failure is not null) is { } first ? throw first : contents;
    }

    private IEnumerable<(ParsedLines<TResult> Part, LineBlock Block)> BlocksOf(TextParts<TResult>[] texts)
    {
        foreach (TextParts<TResult> text in texts)
        {
            using FileStream? stream = Open(text);
            if (stream is null)
                yield break;
            foreach ((ParsedLines<TResult> Part, LineBlock Block) work in BlocksOf(text, stream))
                yield return work;
        }
    }

    private IEnumerable<(ParsedLines<TResult> Part, LineBlock Block)> BlocksOf(TextParts<TResult> text, Stream stream)
    {
        var blocks = new LineBlocks(stream, options.BlockSize);
        while (!hasFailed && Next(text, blocks) is { } block)
            yield return (text.Add(), block);
    }

    private FileStream? Open(TextParts<TResult> text)
    {
        try
        {
            return hasFailed ? null : ReadableFile.OpenStream(text.Path);
        }
        catch (FileAccessException error)
        {
            hasFailed = true;
            text.End(error.InnerException!);
            return null;
        }
    }

    private LineBlock? Next(TextParts<TResult> text, LineBlocks blocks)
    {
        try
        {
            if (blocks.Next() is { } block)
                return block;
            text.End(blocks.Position, blocks.Rest);
        }
        catch (IOException error)
        {
            hasFailed = true;
            text.End(error);
        }

        return null;
    }

    private void Parse(ParsedLines<TResult> part, LineBlock block)
    {
        part.Parse(block.Buffer.AsSpan(0, block.Length), block.Start, format);
        ArrayPool<byte>.Shared.Return(block.Buffer);
        if (part.Problem is not null)
            hasFailed = true;
    }
}
