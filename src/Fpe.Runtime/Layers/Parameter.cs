using Fpe.Compute;

namespace Fpe;

/// <summary>Numbers that a layer learns, with their gradient. Its edges, where it has any, say which of them exist.</summary>
public sealed class Parameter : IDisposable
{
    /// <summary>Creates a parameter of zeros.</summary>
    /// <param name="name">Name such as <c>hidden.weight</c>.</param>
    /// <param name="edges">The edges a weight matrix is stored over; null for a plain vector such as a bias.</param>
    /// <param name="length">Elements of the value and the gradient.</param>
    /// <param name="device">Where the parameter lives.</param>
    internal Parameter(string name, DeviceEdges? edges, int length, Device device)
    {
        Name = name;
        Edges = edges;
        Value = device.Allocate(length);
        Gradient = device.Allocate(length);
    }

    /// <summary>Name such as <c>hidden.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The edges a weight matrix is stored over; null for a plain vector such as a bias.</summary>
    public DeviceEdges? Edges { get; }

    /// <summary>Whether this is a weight matrix; weight decay acts on those only.</summary>
    public bool IsWeight => Edges is not null;

    /// <summary>Elements that exist: edges of a weight matrix, or the length of a vector.</summary>
    public int Count => Edges?.Layout.EdgeCount ?? Value.Length;

    /// <summary>The current value.</summary>
    public DeviceBuffer Value { get; }

    /// <summary>Gradient of the loss of the last batch.</summary>
    public DeviceBuffer Gradient { get; }

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
    public void Dispose()
    {
        Value.Dispose();
        Gradient.Dispose();
        Edges?.Dispose();
    }
}
