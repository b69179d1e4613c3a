using Fpe.Compute;

namespace Fpe;

/// <summary>A pooling layer as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Input">The image it reads.</param>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">Rows and columns from one place of the window to the next.</param>
public sealed record MaxPool2dPlan(string Name, ImageShape Input, int Kernel, int Stride)
    : LayerPlan(Name, Input.Count, new MaxPool2dShape(Input, Kernel, Stride).Output.Count)
{
    /// <summary>The shape of the pooling layer.</summary>
    public MaxPool2dShape Shape { get; } = new(Input, Kernel, Stride);

    internal override Layer Create(Device device, long seed, int index) => new MaxPool2d(this, device);
}
