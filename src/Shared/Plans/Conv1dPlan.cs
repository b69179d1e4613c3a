using Fpe.Compute;

namespace Fpe;

/// <summary>A convolution over the places of a sequence, as declared. The sequence lies in memory like an image of one row.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Units">The number of units of the sequence at each place.</param>
/// <param name="Places">The number of places of the sequence.</param>
/// <param name="Filters">The number of filters, which is the number of units of the result.</param>
/// <param name="Kernel">The places of the window.</param>
/// <param name="Stride">The step of the window in places.</param>
/// <param name="Padding">The places with zeros at each end of the sequence; less than the reach of the window.</param>
/// <param name="Dilation">The step in the sequence from one place of the window to the next.</param>
/// <param name="Groups">The number of groups, which divides units and filters; the filters of a group read only its units.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public sealed partial record Conv1dPlan(
    string Name, int Units, int Places, int Filters, int Kernel, int Stride = 1, int Padding = 0, int Dilation = 1, int Groups = 1,
    ElementFunction Activation = default)
    : ConvolutionPlan(
        Name, InputOf(Name, Units, Places), Filters, Window2d.OfPlaces(new WindowSide(Kernel, Stride, Padding, Dilation)), Groups,
        Activation, ReadsSequence: true)
{
    /// <summary>Gets the number of units of the sequence at each place.</summary>
    public int Units => Input.Channels;

    /// <summary>Gets the number of places of the sequence.</summary>
    public int Places => Input.Width;

    /// <summary>Gets the places of the window.</summary>
    public int Kernel => Window.Columns.Kernel;

    /// <summary>Gets the step of the window in places.</summary>
    public int Stride => Window.Columns.Stride;

    /// <summary>Gets the places with zeros at each end of the sequence.</summary>
    public int Padding => Window.Columns.Padding;

    /// <summary>Gets the step in the sequence from one place of the window to the next.</summary>
    public int Dilation => Window.Columns.Dilation;

    private static ImageShape InputOf(string name, int units, int places)
    {
        SequenceWidth.Of(name, "the number of units", units, places);
        return new ImageShape(units, 1, places);
    }

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Conv1d");
        base.Describe(fields);
    }
}
