using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML;

/// <summary>A column that a network adds.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="Annotations">The annotations that ML.NET reads.</param>
/// <param name="GetterOf">Returns the <see cref="ValueGetter{TValue}"/> of the outputs of rows.</param>
internal sealed record OutputColumn(string Name, DataViewType Type, DataViewSchema.Annotations Annotations, Func<IRowOutputs, Delegate> GetterOf)
{
    /// <summary>The column that evaluation reads.</summary>
    public const string Score = "Score";

    /// <summary>The column with probabilities.</summary>
    public const string Probability = "Probability";

    /// <summary>The column with the answer.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>Creates a column of numbers: a vector or a scalar.</summary>
    /// <param name="name">The name.</param>
    /// <param name="width">The number of values; null for a scalar.</param>
    /// <param name="annotations">The annotations that ML.NET reads.</param>
    /// <param name="convert">Turns the outputs of the network into the values, in place.</param>
    public static OutputColumn OfNumbers(string name, int? width, DataViewSchema.Annotations annotations, Action<float[]> convert)
    {
        if (width is null)
            return new OutputColumn(name, NumberDataViewType.Single, annotations, outputs => new ConvertedOutputs(outputs, convert).GetterOf<float>((values, ref value) => value = values[0]));
        return new OutputColumn(
            name, new VectorDataViewType(NumberDataViewType.Single, width.Value), annotations,
            outputs => new ConvertedOutputs(outputs, convert).GetterOf<VBuffer<float>>((values, ref vector) => values.CopyInto(ref vector)));
    }
}
