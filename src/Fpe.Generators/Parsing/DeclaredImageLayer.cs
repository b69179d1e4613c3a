using Fpe.Compute;
using Fpe.Counting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>A property of a layer that reads images.</summary>
internal abstract class DeclaredImageLayer(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredLayer(property, syntax, attribute)
{
    /// <summary>The image it reads; null where that is not known.</summary>
    public ImageShape? Input { get; set; }
}

/// <summary>A property of a layer whose window slides over an image.</summary>
internal abstract class DeclaredWindow(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredImageLayer(property, syntax, attribute)
{
    /// <summary>Rows and columns of the window; 0 where that is not known.</summary>
    public int Kernel { get; set; }

    /// <summary>Rows and columns from one place of the window to the next; 0 where that is not known.</summary>
    public int Stride { get; set; }

    /// <summary>Rows and columns of zeros on each side of the image; null where that is not known.</summary>
    public int? Padding { get; set; }

    /// <summary>The image it computes; null where that is not known.</summary>
    public ImageShape? Output { get; set; }

    /// <summary>Channels of the image it computes; 0 where that is not known.</summary>
    public abstract int OutputChannels { get; }
}

/// <summary>A <c>[Conv2d]</c> property.</summary>
internal sealed class DeclaredConv2d(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredWindow(property, syntax, attribute), IDeclaredWeights
{
    /// <summary>Filters; 0 where that is not known.</summary>
    public int Filters { get; set; }

    public ActivationFunction Activation { get; set; }

    /// <inheritdoc/>
    public override int OutputChannels => Filters;

    /// <inheritdoc/>
    public string SizeArgument => AttributeNames.Filters;

    /// <inheritdoc/>
    public string Remedy => "use fewer filters or a smaller kernel";

    /// <inheritdoc/>
    public decimal Weights => (decimal)Filters * InputChannels * Kernel * Kernel;

    /// <inheritdoc/>
    public LayerSize Size => LayerSize.OfConvolution(InputChannels, Kernel, Filters);

    private int InputChannels => Input?.Channels ?? 0;
}

/// <summary>A <c>[MaxPool2d]</c> property.</summary>
internal sealed class DeclaredMaxPool2d(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredWindow(property, syntax, attribute)
{
    /// <inheritdoc/>
    public override int OutputChannels => Input?.Channels ?? 0;
}

/// <summary>A <c>[Flatten]</c> property.</summary>
internal sealed class DeclaredFlatten(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, DeclaredAttribute attribute)
    : DeclaredImageLayer(property, syntax, attribute);
