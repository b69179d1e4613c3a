namespace System.Runtime.CompilerServices;

/// <summary>Required by the compiler for records and init accessors; missing in netstandard2.0.</summary>
internal static class IsExternalInit;
