using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that keeps the mean of each window. Padding counts as zeros.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Kernel">The rows and columns of the window.</param>
/// <param name="Stride">The step of the window in rows and columns.</param>
/// <param name="Padding">The rows and columns added on each side of the image; at most half of the kernel.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record AvgPool2dPlan(string Name, ImageShape Input, int Kernel, int Stride, int Padding = 0)
    : Pool2dPlan(Name, Input, Window2d.Square(Kernel, Stride, Padding))
{
    /// <summary>Gets the rows and columns of the window.</summary>
    public int Kernel => Window.Rows.Kernel;

    /// <summary>Gets the step of the window in rows and columns.</summary>
    public int Stride => Window.Rows.Stride;

    /// <summary>Gets the rows and columns added on each side of the image.</summary>
    public int Padding => Window.Rows.Padding;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "AvgPool2d");
        base.Describe(fields);
    }
}
