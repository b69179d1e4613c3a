namespace Fpe.ML;

/// <summary>Collects classes.</summary>
/// <param name="classCount">The number of classes.</param>
/// <param name="read">Reads the class of a row.</param>
internal sealed class ClassReader(int classCount, Func<long, int> read) : LabelReader
{
    private readonly List<int> classes = [];

    /// <inheritdoc/>
    public override void Read(long row) => classes.Add(read(row));

    /// <inheritdoc/>
    public override Labels ToLabels() => new([.. classes], Targets: null, classCount);
}
