using Fpe.Data;

namespace Fpe.ML;

/// <summary>Collects the labels of rows: classes, or vectors of target values.</summary>
internal abstract class LabelReader
{
    /// <summary>Reads the label of the current row.</summary>
    /// <exception cref="DatasetException">It is missing or out of range.</exception>
    public abstract void Read(long row);

    /// <summary>Returns what was read.</summary>
    public abstract Labels ToLabels();
}
