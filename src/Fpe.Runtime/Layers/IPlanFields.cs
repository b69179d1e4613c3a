using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>Receives what a layer is, field by field.</summary>
internal interface IPlanFields
{
    void Add(string name, string value);

    void Add(string name, int value);

    void Add(string name, double value);

    /// <summary>The image that the layer reads.</summary>
    void Add(ImageShape image);

    /// <summary>How its neurons are expanded.</summary>
    void Add(ExpansionPlan expansion);
}
