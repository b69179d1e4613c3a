using Fpe.Compute;

namespace Fpe;

/// <summary>
/// A table with a row for each token, and what its gradient needs: it holds only the rows of the tokens in a batch, so a training step does
/// not depend on the size of the table.
/// </summary>
internal sealed class TokenTable
{
    private readonly Device device;
    private readonly int places;
    private IndexBuffer? slots;

    /// <summary>Creates an initialised table.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="vocabulary">The number of rows.</param>
    /// <param name="dimension">The length of a row.</param>
    /// <param name="places">The largest number of tokens of a sample.</param>
    /// <param name="values">Draws the initial values.</param>
    /// <param name="device">The device that holds the table.</param>
    public TokenTable(string name, int vocabulary, int dimension, int places, InitialTable values, Device device)
    {
        this.device = device;
        this.places = places;
        Rows = Parameter.OfTable(name, vocabulary, dimension, device);
        Rows.Value.Write(values.Next(Rows.Count));
    }

    /// <summary>The rows.</summary>
    public Parameter Rows { get; }

    /// <summary>A workspace for the gradient, with an element for each row.</summary>
    public IndexBuffer Slots => slots ?? throw new InvalidOperationException($"{Rows.Name} has no gradient; the buffers of the pass were allocated for predictions.");

    /// <summary>Allocates a gradient for batches up to a size.</summary>
    public void AllocateGradient(int batch)
    {
        int vocabulary = (int)Rows.Shape[0];
        slots ??= device.AllocateIndices(vocabulary);
        Rows.AllocateGradientRows((int)Math.Min(vocabulary, (long)batch * places));
    }

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        Rows.Free();
        slots?.Dispose();
    }
}
