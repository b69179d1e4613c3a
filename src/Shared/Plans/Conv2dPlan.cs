using Fpe.Compute;

namespace Fpe;

/// <summary>A convolution as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Input">The image that the layer reads.</param>
/// <param name="Filters">The number of filters, which is the number of output channels.</param>
/// <param name="Window">The window; its padding is less than its reach.</param>
/// <param name="Groups">The number of groups, which divides channels and filters; the filters of a group read only its channels.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public sealed partial record Conv2dPlan(
    string Name, ImageShape Input, int Filters, Window2d Window, int Groups = 1, ElementFunction Activation = default)
    : ConvolutionPlan(Name, Input, Filters, Window, Groups, Activation)
{
    /// <summary>Declares a convolution with a square window.</summary>
    /// <param name="Name">The name of the property that declares the layer.</param>
    /// <param name="Input">The image that the layer reads.</param>
    /// <param name="Filters">The number of filters, which is the number of output channels.</param>
    /// <param name="Kernel">The rows and columns of the window.</param>
    /// <param name="Stride">The step of the window in rows and columns.</param>
    /// <param name="Padding">The rows and columns of zeros on each side of the image; less than the kernel size.</param>
    /// <param name="Activation">The function applied to the weighted sums.</param>
    public Conv2dPlan(
        string Name, ImageShape Input, int Filters, int Kernel, int Stride = 1, int Padding = 0, ElementFunction Activation = default)
        : this(Name, Input, Filters, Window2d.Square(Kernel, Stride, Padding), Groups: 1, Activation)
    {
    }

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Conv2d");
        base.Describe(fields);
    }
}
