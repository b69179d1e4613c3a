namespace Fpe.Counting;

/// <summary>The bytes of a layer's tables in generated C: weights, edges, biases, factors, and an activation as a table.</summary>
internal readonly struct LayerBytes
{
    public LayerBytes(string name, long tables, bool isExact) => (Name, Tables, IsExact) = (name, tables, isExact);

    /// <summary>The name of the layer.</summary>
    public string Name { get; }

    /// <summary>The bytes of its tables, or the most that they can take.</summary>
    public long Tables { get; }

    /// <summary>Whether the tables take exactly as many bytes, because no pruning decides which edges exist.</summary>
    public bool IsExact { get; }
}
