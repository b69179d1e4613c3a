using Fpe.Compute;

namespace Fpe;

/// <summary>
/// Numbers that a layer learns, with their gradient, or running statistics. Its edges, if any, determine which of the numbers exist. Its
/// model frees it.
/// </summary>
public sealed class Parameter
{
    /// <summary>Creates a weight matrix of zeros, stored over edges.</summary>
    /// <param name="name">Name such as <c>hidden.weight</c>.</param>
    /// <param name="edges">The edges it is stored over.</param>
    /// <param name="device">The device that holds the parameter.</param>
    internal Parameter(string name, DeviceEdges edges, Device device)
        : this(name, ParameterRole.Weight, edges.StorageLength, device)
    {
        Edges = edges;
        edges.BelongTo(name);
    }

    /// <summary>Creates a parameter of zeros without edges; elements are in the same order as in the PyTorch parameter of this name.</summary>
    /// <param name="name">Name such as <c>hidden.bias</c>.</param>
    /// <param name="role">The role of the parameter in its layer.</param>
    /// <param name="length">Elements of the value and the gradient.</param>
    /// <param name="device">The device that holds the parameter.</param>
    public Parameter(string name, ParameterRole role, int length, Device device)
    {
        Name = name;
        Role = role;
        Shape = [length];
        Value = device.Allocate(length);
        Gradient = device.Allocate(length);
        Value.BelongTo(name);
        Gradient.BelongTo(name);
    }

    private Parameter(string name, int rows, int width, Device device)
    {
        Name = name;
        Role = ParameterRole.Table;
        Shape = [rows, width];
        Value = device.Allocate(rows * width);
        Gradient = device.Allocate(0);
        Value.BelongTo(name);
    }

    /// <summary>Creates a table of zeros whose gradient holds only the rows that a batch reads.</summary>
    /// <param name="name">Name such as <c>words.weight</c>.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Length of a row.</param>
    /// <param name="device">The device that holds the table.</param>
    internal static Parameter OfTable(string name, int rows, int width, Device device) => new(name, rows, width, device);

    /// <summary>Name such as <c>hidden.weight</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// The edges a weight matrix is stored over; null if every element exists, as for biases and dense filters. Those of a convolution in groups
    /// are over all channels, unlike the columns of <see cref="EdgeLayer.Edges"/>; slots are the same.
    /// </summary>
    public DeviceEdges? Edges { get; }

    /// <summary>The role of the parameter in its layer.</summary>
    public ParameterRole Role { get; }

    /// <summary>Shape of the tensor in files; for a weight matrix over edges, the number of stored values.</summary>
    public IReadOnlyList<long> Shape { get; init; }

    /// <summary>Whether these are weights; weight decay applies only to weights.</summary>
    public bool IsWeight => Role == ParameterRole.Weight;

    /// <summary>Number of elements that exist: the edges of a weight matrix, or all elements.</summary>
    public int Count => Edges?.Layout.EdgeCount ?? Value.Length;

    /// <summary>The current value.</summary>
    public DeviceBuffer Value { get; }

    /// <summary>Gradient of the loss of the last batch: one element per element of the value, or the rows of <see cref="GradientRows"/>.</summary>
    public DeviceBuffer Gradient { get; private set; }

    /// <summary>
    /// For a table, the rows that the last batch read, each once, and then −1: row r of <see cref="Gradient"/> belongs to row
    /// <c>GradientRows[r]</c> of <see cref="Value"/>. All other rows have the gradient 0, and optimizers leave them and their moments alone.
    /// Null for all other parameters.
    /// </summary>
    public IndexBuffer? GradientRows { get; private set; }

    /// <summary>
    /// Copies the value from the device: for each unit of <paramref name="units"/>, the element of its unit in the dense parent.
    /// </summary>
    /// <param name="units">The units of a value; the parameter has one element per unit of the dense parent.</param>
    public double[] ReadFor(ValueUnits units)
    {
        var values = new double[Count];
        Value.Read(values);
        int places = units.UnitCount / Count;
        return [.. Enumerable.Range(0, units.Count / places).Select(unit => values[units.UnitOf(unit * places) / places])];
    }

    /// <summary>Copies the value to a parameter with the same edges or the same length, on any device.</summary>
    internal void CopyTo(Parameter other)
    {
        var values = new double[Edges?.Layout.SlotCount ?? Value.Length];
        if (Edges is null || other.Edges is null)
        {
            Value.Read(values);
            other.Value.Write(values);
        }
        else
        {
            Edges.Read(Value, values);
            other.Edges.Write(values, other.Value);
        }
    }

    /// <summary>The rows of a table that a batch can read.</summary>
    internal int RowsOfBatch { get; private set; }

    /// <summary>Makes room for the gradient of the rows of a table that some batches read.</summary>
    /// <param name="rowsOfBatch">The most rows of a batch.</param>
    /// <param name="batches">The number of batches.</param>
    internal void AllocateGradientRows(int rowsOfBatch, int batches = 1)
    {
        RowsOfBatch = rowsOfBatch;
        int count = (int)Math.Min(Shape[0], (long)rowsOfBatch * batches);
        if (GradientRows?.Length >= count)
            return;
        Gradient.Free();
        GradientRows?.Dispose();
        Gradient = Value.Device.Allocate(checked((int)(count * Shape[1])));
        Gradient.BelongTo(Name);
        GradientRows = Value.Device.AllocateIndices(count);
    }

    /// <summary>Lets the next backward pass write another buffer of the same length, which belongs to the caller.</summary>
    /// <returns>The buffer so far.</returns>
    internal DeviceBuffer ExchangeGradient(DeviceBuffer buffer)
    {
        DeviceBuffer before = Gradient;
        Gradient = buffer;
        return before;
    }

    /// <summary>Lets the next backward pass write other rows of a table, or the next step of the optimizer read them; they belong to the caller.</summary>
    /// <param name="rows">As <see cref="GradientRows"/>.</param>
    /// <param name="gradient">As <see cref="Gradient"/>.</param>
    internal void ExchangeRows(IndexBuffer rows, DeviceBuffer gradient) => (GradientRows, Gradient) = (rows, gradient);

    /// <summary>Frees the gradient of a parameter that is trained no more.</summary>
    internal void FreeGradient()
    {
        Gradient.Free();
        Gradient = Value.Device.Allocate(0);
        GradientRows?.Dispose();
        GradientRows = null;
    }

    /// <summary>Frees the buffers and the edges.</summary>
    public void Free()
    {
        Value.Free();
        Gradient.Free();
        GradientRows?.Dispose();
        Edges?.Free();
    }
}
