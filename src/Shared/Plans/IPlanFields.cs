using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>Receives the description of a layer, field by field.</summary>
public interface IPlanFields
{
    /// <summary>Adds a text, such as the kind of the layer.</summary>
    void Add(string name, string value);

    /// <summary>Adds a size.</summary>
    void Add(string name, int value);

    /// <summary>Adds a number.</summary>
    void Add(string name, double value);

    /// <summary>Adds the image that the layer reads.</summary>
    void Add(ImageShape image);

    /// <summary>Adds how the neurons are expanded.</summary>
    void Add(ExpansionPlan expansion);
}
