using Fpe.Compute;

namespace Fpe;

/// <summary>Numbers that a layer learns, with their gradient, or keeps of what it has seen. Its edges, if it has any, say which of them exist. It is freed with its model.</summary>
public sealed class Parameter
{
    /// <summary>Creates a weight matrix of zeros, over edges.</summary>
    /// <param name="name">Name such as <c>hidden.weight</c>.</param>
    /// <param name="edges">The edges it is stored over.</param>
    /// <param name="device">Where the parameter lives.</param>
    internal Parameter(string name, DeviceEdges edges, Device device)
        : this(name, ParameterRole.Weight, edges.StorageLength, device)
    {
        Edges = edges;
        edges.BelongTo(name);
    }

    /// <summary>Creates a parameter of zeros that all exist, element by element in the order of its name in PyTorch.</summary>
    /// <param name="name">Name such as <c>hidden.bias</c>.</param>
    /// <param name="role">What it is to its layer.</param>
    /// <param name="length">Elements of the value and the gradient.</param>
    /// <param name="device">Where the parameter lives.</param>
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

    /// <summary>Name such as <c>hidden.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The edges a weight matrix is stored over; null where every element exists, such as for biases and filters.</summary>
    public DeviceEdges? Edges { get; }

    /// <summary>What it is to its layer.</summary>
    public ParameterRole Role { get; }

    /// <summary>Sizes of the tensor that it is in files; of a weight matrix over edges, the number of values that are stored.</summary>
    public IReadOnlyList<long> Shape { get; init; }

    /// <summary>Whether these are weights, and not biases or the like; weight decay acts on weights only.</summary>
    public bool IsWeight => Role == ParameterRole.Weight;

    /// <summary>Elements that exist: edges of a weight matrix, or else all.</summary>
    public int Count => Edges?.Layout.EdgeCount ?? Value.Length;

    /// <summary>The current value.</summary>
    public DeviceBuffer Value { get; }

    /// <summary>Gradient of the loss of the last batch.</summary>
    public DeviceBuffer Gradient { get; }

    /// <summary>Copies the value from the device: for each unit of a value that of its unit in the dense parent.</summary>
    /// <param name="units">The value; the parameter has an element for each unit in the dense parent.</param>
    public double[] ReadFor(ValueUnits units)
    {
        var values = new double[Count];
        Value.Read(values);
        int places = units.UnitCount / Count;
        return [.. Enumerable.Range(0, units.Count / places).Select(unit => values[units.UnitOf(unit * places) / places])];
    }

    /// <summary>Copies the value to a parameter over the same edges, or of the same length, on any device.</summary>
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

    /// <summary>Frees the buffers and the edges.</summary>
    public void Free()
    {
        Value.Free();
        Gradient.Free();
        Edges?.Free();
    }
}
