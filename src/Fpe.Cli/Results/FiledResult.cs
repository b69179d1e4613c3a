namespace Fpe.Cli.Results;

/// <summary>A line of one of several results files.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
/// <param name="Line">The line.</param>
/// <param name="File">The number of the file.</param>
internal readonly record struct FiledResult<TResult>(StoredResult<TResult> Line, int File)
    where TResult : class
{
    /// <summary>The order of keys, and of files if a run is in several.</summary>
    public static IComparer<FiledResult<TResult>> Order { get; } = Comparer<FiledResult<TResult>>.Create((first, second) =>
        NaturalOrder.Instance.Compare(first.Line.Key, second.Line.Key) is not 0 and var order ? order : first.File.CompareTo(second.File));

    /// <summary>Where the line is stored.</summary>
    public StoredLine Place => new(File, Line.Start, Line.Length);
}
