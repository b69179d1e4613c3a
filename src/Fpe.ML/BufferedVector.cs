using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>Vectors for rows that were read ahead; they are copied, because whoever reads them may change them.</summary>
/// <typeparam name="T">The type of an item.</typeparam>
internal sealed class BufferedVector<T>(DataViewRow row, DataViewSchema.Column column, int rows) : BufferedColumn
{
    private readonly ValueGetter<VBuffer<T>> read = row.GetGetter<VBuffer<T>>(column);
    private readonly VBuffer<T>[] vectors = new VBuffer<T>[rows];

    /// <inheritdoc/>
    public override void Read(int row) => read(ref vectors[row]);

    /// <inheritdoc/>
    public override Delegate GetterOf(Func<int> current) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> vector) => vectors[current()].CopyTo(ref vector));
}
