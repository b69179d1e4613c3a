using Microsoft.ML;

namespace Fpe.ML;

/// <summary>The values of a column that is computed from the outputs of rows.</summary>
/// <param name="outputs">The outputs.</param>
/// <param name="convert">Turns the outputs of a row into the values, in place.</param>
internal sealed class ConvertedOutputs(IRowOutputs outputs, Action<float[]> convert)
{
    private float[] values = [];

    /// <summary>Writes the values of a row as the value of a column.</summary>
    public delegate void Writer<TValue>(float[] values, ref TValue value);

    /// <summary>Returns the getter of the column.</summary>
    public ValueGetter<TValue> GetterOf<TValue>(Writer<TValue> write) => (ref TValue value) =>
    {
        ReadOnlySpan<float> current = outputs.Current;
        if (values.Length != current.Length)
            values = new float[current.Length];
        current.CopyTo(values);
        convert(values);
        write(values, ref value);
    };
}
