using Fpe.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using static System.FormattableString;

namespace Fpe.ML;

/// <summary>Collects the weights of rows in the loss.</summary>
/// <param name="row">The row or cursor.</param>
/// <param name="column">The column, which <see cref="Find"/> returned.</param>
internal sealed class ExampleWeights(DataViewRow row, DataViewSchema.Column column)
{
    private readonly ValueGetter<float> getter = row.GetGetter<float>(column);
    private readonly List<float> weights = [];

    /// <summary>Finds the column, and checks its type.</summary>
    /// <exception cref="ColumnException">There is no such column, or it has another type.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = TrainedNetwork.Find(schema, name);
        return column.Type == NumberDataViewType.Single
            ? column
            : throw new ColumnException(name, $"its type is {column.Type}, but the weight of a row is a Single; convert it with mlContext.Transforms.Conversion.ConvertType.");
    }

    /// <summary>Reads the weight of the current row.</summary>
    /// <exception cref="DatasetException">It is negative, infinite or missing.</exception>
    public void Read(long position)
    {
        float weight = 0;
        getter(ref weight);
        if (!float.IsFinite(weight) || weight < 0)
            throw new DatasetException($"Column {column.Name}", Invariant($"row {position} has the weight {weight}; it must be finite and at least 0."));
        weights.Add(weight);
    }

    /// <summary>Returns what was read.</summary>
    public float[] ToArray() => [.. weights];
}
