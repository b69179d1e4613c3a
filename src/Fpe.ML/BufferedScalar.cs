using Microsoft.ML;

namespace Fpe.ML;

/// <summary>Single values for rows that were read ahead.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
internal sealed class BufferedScalar<T>(DataViewRow row, DataViewSchema.Column column, int rows) : BufferedColumn
{
    private readonly ValueGetter<T> read = row.GetGetter<T>(column);
    private readonly T[] values = new T[rows];

    /// <inheritdoc/>
    public override void Read(int row) => read(ref values[row]);

    /// <inheritdoc/>
    public override Delegate GetterOf(Func<int> current) => (ValueGetter<T>)((ref T value) => value = values[current()]);
}
