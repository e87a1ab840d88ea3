namespace Karst.Generator;

/// <summary>Writes one CloudTrail event as a line, in one of three orders of its keys.</summary>
internal sealed class EventWriter(Pcg random, LineBuffer line)
{
    static readonly Template Ids = Template.Compile(",\"requestID\":\"<uuid>\",\"eventID\":\"<uuid>\"");
    static readonly Template Tls = Template.Compile(
        ",\"tlsDetails\":{\"tlsVersion\":\"TLSv1.3\",\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\",\"clientProvidedHostHeader\":\"<service>.<region>.amazonaws.com\"}");
    static readonly Template Time = Template.Compile("<time>");
    static readonly Template Denied = Template.Compile(
        ",\"errorCode\":\"<pick:AccessDenied|AccessDenied|Client.UnauthorizedOperation|ThrottlingException|ResourceNotFoundException|NoSuchEntityException>\","
        + "\"errorMessage\":\"User: arn:aws:sts::<account>:assumed-role/<role>/<user> is not authorized to perform: <service>:<action> because no identity-based policy allows the action\"");

    internal void Write(Scene scene, Identity identity, Action action)
    {
        var order = random.Below(100);
        if (order < 4)
            Alphabetical(scene, identity, action);
        else
            Usual(scene, identity, action, nameFirst: order < 7);
    }

    void Usual(Scene scene, Identity identity, Action action, bool nameFirst)
    {
        line.Put("{\"eventVersion\":\"1.11\",\"userIdentity\":"u8);
        identity.Write(line, scene, random);
        Text(",\"eventTime\":\""u8);
        Time.Write(line, scene, random);
        if (nameFirst)
        {
            Field("\",\"eventName\":\""u8, action.Name);
            Field("\",\"eventSource\":\""u8, action.Service);
            Text(".amazonaws.com"u8);
        }
        else
        {
            Field("\",\"eventSource\":\""u8, action.Service);
            Field(".amazonaws.com\",\"eventName\":\""u8, action.Name);
        }
        Field("\",\"awsRegion\":\""u8, scene.Region);
        Field("\",\"sourceIPAddress\":\""u8, scene.Address);
        Field("\",\"userAgent\":\""u8, scene.Agent);
        Text("\""u8);
        var denied = !action.SignIn && random.Chance(300);
        if (denied)
            Denied.Write(line, scene, random);
        Text(",\"requestParameters\":"u8);
        action.Request.Write(line, scene, random);
        Text(",\"responseElements\":"u8);
        Answer(scene, action, denied);
        Besides(scene, action);
        Text(action.ReadOnly ? ",\"readOnly\":true"u8 : ",\"readOnly\":false"u8);
        Resources(scene, action);
        Text(action.SignIn ? ",\"eventType\":\"AwsConsoleSignIn\""u8 : ",\"eventType\":\"AwsApiCall\""u8);
        Text(action.Data ? ",\"managementEvent\":false"u8 : ",\"managementEvent\":true"u8);
        Field(",\"recipientAccountId\":\""u8, scene.Account);
        Text(action.Data ? "\",\"eventCategory\":\"Data\""u8 : "\",\"eventCategory\":\"Management\""u8);
        if (!identity.IsService)
            Tls.Write(line, scene, random);
        Text("}"u8);
    }

    void Alphabetical(Scene scene, Identity identity, Action action)
    {
        Field("{\"awsRegion\":\""u8, scene.Region);
        Text("\",\"eventCategory\":\"Management\""u8);
        Field(",\"eventName\":\""u8, action.Name);
        Field("\",\"eventSource\":\""u8, action.Service);
        Text(".amazonaws.com\",\"eventTime\":\""u8);
        Time.Write(line, scene, random);
        Text("\",\"eventType\":\""u8);
        Text(action.SignIn ? "AwsConsoleSignIn"u8 : "AwsApiCall"u8);
        Text("\",\"eventVersion\":\"1.11\",\"managementEvent\":true"u8);
        Field(",\"recipientAccountId\":\""u8, scene.Account);
        Text("\",\"requestParameters\":"u8);
        action.Request.Write(line, scene, random);
        Besides(scene, action);
        Resources(scene, action);
        Text(",\"responseElements\":"u8);
        Answer(scene, action, denied: false);
        Field(",\"sourceIPAddress\":\""u8, scene.Address);
        Text("\""u8);
        Tls.Write(line, scene, random);
        Field(",\"userAgent\":\""u8, scene.Agent);
        Text("\",\"userIdentity\":"u8);
        identity.Write(line, scene, random);
        Text("}"u8);
    }

    void Answer(Scene scene, Action action, bool denied)
    {
        if (denied)
            Text("null"u8);
        else
            action.Response.Write(line, scene, random);
    }

    void Besides(Scene scene, Action action)
    {
        if (action.Additional is not null)
        {
            Text(",\"additionalEventData\":"u8);
            action.Additional.Write(line, scene, random);
        }
        Ids.Write(line, scene, random);
    }

    void Resources(Scene scene, Action action)
    {
        if (action.Resources is null)
            return;
        Text(",\"resources\":"u8);
        action.Resources.Write(line, scene, random);
    }

    void Text(ReadOnlySpan<byte> text) => line.Put(text);

    void Field(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        line.Put(key);
        line.Put(value);
    }
}
