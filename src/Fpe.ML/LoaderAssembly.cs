using System.Reflection;

namespace Fpe.ML;

/// <summary>An assembly that consists of one attribute, which tells a catalog of ML.NET how networks are loaded.</summary>
internal sealed class LoaderAssembly(Attribute attribute) : Assembly
{
    public override string FullName => $"{typeof(LoaderAssembly).FullName}, {typeof(LoaderAssembly).Assembly.FullName}";

    public override object[] GetCustomAttributes(bool inherit) => GetCustomAttributes(typeof(Attribute), inherit);

    public override object[] GetCustomAttributes(Type attributeType, bool inherit)
    {
        bool isAsked = attributeType.IsInstanceOfType(attribute);
        var found = (object[])Array.CreateInstance(attributeType, isAsked ? 1 : 0);
        if (isAsked)
            found[0] = attribute;
        return found;
    }

    public override Type[] GetTypes() => [];

    public override AssemblyName[] GetReferencedAssemblies() => [];
}
