using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>Receives what a layer is, field by field.</summary>
public interface IPlanFields
{
    /// <summary>A text, such as the kind of the layer.</summary>
    void Add(string name, string value);

    /// <summary>A size.</summary>
    void Add(string name, int value);

    /// <summary>A number.</summary>
    void Add(string name, double value);

    /// <summary>The image that the layer reads.</summary>
    void Add(ImageShape image);

    /// <summary>How its neurons are expanded.</summary>
    void Add(ExpansionPlan expansion);
}
