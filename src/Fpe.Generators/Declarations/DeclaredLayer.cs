using Fpe.Compute;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Declarations;

/// <summary>A layer property as it is written. What is special about its kind stands in <c>Kinds</c>.</summary>
internal abstract class DeclaredLayer(LayerProperty property)
{
    public string Name => Property.Name;

    /// <summary>Model and property, for messages.</summary>
    public string Subject => property.Subject;

    public IPropertySymbol Property => property.Symbol;

    public BasePropertyDeclarationSyntax Syntax => property.Syntax;

    /// <summary>The attribute that makes the property a layer.</summary>
    public DeclaredAttribute Attribute => property.Layer;

    /// <summary>Where the name stands.</summary>
    public Location NameLocation => Syntax is PropertyDeclarationSyntax syntax ? syntax.Identifier.GetLocation() : Property.Locations[0];

    /// <summary>The attribute of the activation; null if there is none.</summary>
    public DeclaredAttribute? ActivationAttribute { get; set; }

    public ActivationFunction Activation { get; set; }

    /// <summary>The layer whose value this one reads; null for the sample.</summary>
    public DeclaredLayer? Source { get; private set; }

    /// <summary>The shape of what it reads; null if that is not known.</summary>
    public Shape? Input { get; private set; }

    /// <summary>The shape of what it computes; null if that is not known.</summary>
    public Shape? Output { get; private set; }

    /// <summary>The layer whose neurons are the units of what this one computes; null if they are not expanded: those of a sample or a filter.</summary>
    public virtual ExpandableLayer? Expanded => Source?.Expanded;

    /// <summary>The layer that made a vector of an image, from which this one's values come; null if there is none.</summary>
    public DeclaredLayer? Flattener => Input is { Image: not null } && Output is { Image: null } ? this : Source?.Flattener;

    /// <summary>Whether it sets some of its values to zero while training.</summary>
    public virtual bool DropsValues => false;

    /// <summary>Its plan, once nothing was found wrong.</summary>
    public abstract LayerPlan Plan { get; }

    /// <summary>Fills in what the layer reads and computes.</summary>
    /// <param name="source">The layer that it reads; null for the sample.</param>
    /// <param name="input">The shape of what it reads; null if that is not known.</param>
    /// <param name="findings">Receives why the shape does not fit.</param>
    public void Connect(DeclaredLayer? source, Shape? input, Findings findings)
    {
        Source = source;
        Input = input;
        Output = OutputOf(input, findings);
    }

    /// <summary>What the layer makes of what it reads; null if that is not known, or does not fit.</summary>
    protected abstract Shape? OutputOf(Shape? input, Findings findings);
}
